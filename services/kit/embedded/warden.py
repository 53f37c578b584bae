"""Stands between this program and PostgreSQL: run as a script, never imported.

    python -I -S warden.py PARENT exec|watch IDENTITY DIRECTORY COMMAND...

1. Becomes IDENTITY: "" (stay), "namespace:UID" (be UID inside a new user namespace, and nobody
   else outside of it) or "user:UID:GID" (give up root for good).
2. Ties COMMAND to the life of the process PARENT: COMMAND gets SIGINT, PostgreSQL's fast shutdown,
   when the parent is gone. `exec` lets the Linux kernel see to it and becomes COMMAND itself;
   `watch` stays and waits for the end of its standard input, which works on every Unix.

Doing this in a script of its own keeps Python code out of the fork of a threaded program.
Ends with status 77 when IDENTITY cannot be had or does not reach DIRECTORY and COMMAND.
"""

import os
import signal
import sys
import threading

UNABLE = 77
CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)


def become(identity: str) -> None:
    kind, *ids = identity.split(":")
    if kind == "namespace" and sys.platform == "linux":
        uid, gid = os.geteuid(), os.getegid()
        if libc.unshare(CLONE_NEWUSER) != 0:
            raise OSError(ctypes.get_errno(), "no user namespace")
        for name, line in (
            ("setgroups", "deny"),
            ("uid_map", f"{ids[0]} {uid} 1"),
            ("gid_map", f"{ids[0]} {gid} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(line)
    elif kind == "user":
        os.setgroups([])
        os.setgid(int(ids[1]))
        os.setuid(int(ids[0]))


def end_with(parent: int) -> None:
    if sys.platform == "linux":  # after become(): a change of identity clears this setting
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
    if os.getppid() != parent:
        sys.exit("the parent is gone")


def watch(command: list[str]) -> int:
    """Run the command until it ends by itself, is asked to, or the parent closes our input."""
    warden = os.getpid()
    child = os.fork()
    if child == 0:
        end_with(warden)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.execv(command[0], command)

    def forward(number: int, _: object) -> None:
        os.kill(child, signal.SIGQUIT if number == signal.SIGQUIT else signal.SIGINT)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT):
        signal.signal(number, forward)

    def listen() -> None:
        while os.read(0, 1024):
            pass
        os.kill(child, signal.SIGINT)

    threading.Thread(target=listen, daemon=True).start()
    return abs(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def main(parent: str, how: str, identity: str, directory: str, *command: str) -> None:
    try:
        become(identity)
        os.chdir(directory)
        if not os.access(command[0], os.X_OK):
            raise PermissionError(f"{command[0]} is out of reach")
    except OSError as refused:
        print(refused, file=sys.stderr)
        sys.exit(UNABLE)
    if how == "watch":
        sys.exit(watch(list(command)))
    end_with(int(parent))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
