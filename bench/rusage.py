"""Runs commands and measures each from outside: wall time, CPU time and peak memory of its process, children it waited for
included. Requests come as JSON lines {argv, cwd, env, input} on stdin; answers go as JSON lines to stdout."""
import json
import os
import sys
import time


def run(request):
    out = os.open(request.get("stdout") or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    err = os.open(request.get("stderr") or os.devnull, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    inp = os.open(request.get("input") or os.devnull, os.O_RDONLY)
    actions = [(os.POSIX_SPAWN_DUP2, inp, 0), (os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, err, 2)]
    os.chdir(request.get("cwd") or "/")
    started = time.perf_counter()
    pid = os.posix_spawnp(request["argv"][0], request["argv"], request["env"], file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - started
    for fd in (inp, out, err):
        os.close(fd)
    return {
        "code": os.waitstatus_to_exitcode(status),
        "wallMs": wall * 1000,
        "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000,
        "rssMb": usage.ru_maxrss / 1024,
    }


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
