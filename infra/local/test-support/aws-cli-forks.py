"""The AWS CLI, loaded once and forked for each command: starting Python, and loading the CLI and the description of a
service, are nearly all of what a command takes.

Reads one JSON document a line, {"id": 1, "args": ["sqs", "list-queues"], "folder": "/where/answers/go"}; writes
`<id> <exit code>` when the command has ended, with what it printed in <folder>/<id>.out and .err. Each command runs in a
process of its own, with its own state, like any run of `aws`. The first line written is the CLI's version.
"""

import json
import os
import signal
import sys
import traceback

import awscli
import awscli.clidriver

driver = awscli.clidriver.create_clidriver()
services = set(driver.session.get_available_services())


def load(args):
    """Loads what the forks will need of the service, which a session keeps."""
    for service in services.intersection(args):
        services.remove(service)
        driver.session.create_client(service)


signal.signal(signal.SIGCHLD, signal.SIG_IGN)
told = os.dup(1)
os.write(told, (awscli.__version__ + "\n").encode())
for line in iter(sys.stdin.readline, ""):
    wanted = json.loads(line)
    load(wanted["args"])
    if os.fork() != 0:
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    name = os.path.join(wanted["folder"], str(wanted["id"]))
    os.dup2(os.open(name + ".out", os.O_CREAT | os.O_WRONLY), 1)
    os.dup2(os.open(name + ".err", os.O_CREAT | os.O_WRONLY), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 255
    try:
        code = driver.main(wanted["args"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 255
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os.write(told, f"{wanted['id']} {code or 0}\n".encode())
    os._exit(0)
