# silent-proxy.py PORT - a network between a browser and a server of loopback
# Prints the port it listens on.  After SIGUSR1 it carries nothing and ends no
# connection; after SIGUSR2, new connections work, and old ones stay silent.
# SPDX-License-Identifier: ISC
import signal
import socket
import sys
import threading

silent = threading.Event()
age = 0


def begin(*_):
    global age
    age += 1
    silent.set()


def carry(source, target, born):
    try:
        while data := source.recv(65536):
            if silent.is_set() or born != age:
                return
            target.sendall(data)
        if not silent.is_set() and born == age:
            target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


signal.signal(signal.SIGUSR1, begin)
signal.signal(signal.SIGUSR2, lambda *_: silent.clear())
door = socket.create_server(("127.0.0.1", 0), backlog=50)
print(door.getsockname()[1], flush=True)
kept = []
while True:
    near, _ = door.accept()
    kept.append(near)
    if silent.is_set():
        continue
    far = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    kept.append(far)
    for pair in (near, far), (far, near):
        threading.Thread(target=carry, args=(*pair, age), daemon=True).start()
