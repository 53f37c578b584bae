"""What every service's schema has, as statements for its migrations.

These functions are part of the migration history: new behaviour is a new function, so that an
old migration goes on meaning what it meant.
"""

from services.kit.ddl.contents import contents, drop_contents
from services.kit.ddl.jobs import drop_job_queue, drop_ring_again, job_queue, ring_again
from services.kit.ddl.journal import (
    common_tables,
    drop_common_tables,
    drop_entries_by_type_and_subject,
    entries_by_type_and_subject,
    offsets_are_no_secret,
)
from services.kit.ddl.links import (
    Linked,
    dated_thread_links,
    drop_thread_links,
    more_thread_links,
    thread_links,
    undated_thread_links,
)
from services.kit.ddl.searched import (
    drop_search,
    drop_search_words_inside,
    search,
    search_words_inside,
)
from services.kit.ddl.walls import ask_each_time, ask_once, in_every_town, resource, tenant_wall

__all__ = [
    "Linked",
    "ask_each_time",
    "ask_once",
    "common_tables",
    "contents",
    "dated_thread_links",
    "drop_common_tables",
    "drop_contents",
    "drop_entries_by_type_and_subject",
    "drop_job_queue",
    "drop_ring_again",
    "drop_search",
    "drop_search_words_inside",
    "drop_thread_links",
    "entries_by_type_and_subject",
    "in_every_town",
    "job_queue",
    "more_thread_links",
    "offsets_are_no_secret",
    "resource",
    "ring_again",
    "search",
    "search_words_inside",
    "tenant_wall",
    "thread_links",
    "undated_thread_links",
]
