# slow-clients.py HOST PORT N - N clients that send a request a byte at a time
#
# Over TLS.  Prints how many of them were let in, and "closed" when the server
# has closed all of these.
# SPDX-License-Identifier: ISC
import socket
import ssl
import sys
import time

host, port, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE
clients = []
for _ in range(n):
    try:
        client = context.wrap_socket(socket.create_connection((host, port)))
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
        clients.append(client)
    except OSError:
        pass
print(len(clients), flush=True)
while clients:
    time.sleep(0.2)
    for client in list(clients):
        try:
            client.setblocking(True)
            client.sendall(b"x")
            client.setblocking(False)
            if client.recv(4096) == b"":
                clients.remove(client)
        except (ssl.SSLWantReadError, BlockingIOError):
            pass
        except OSError:
            clients.remove(client)
print("closed", flush=True)
