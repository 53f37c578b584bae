"""The red thread (roter Faden): walked in each service, composed of their answers."""
