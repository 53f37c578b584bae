"""Consultations of OParl: the bodies that papers go through."""
