// The floor: what the kernel alone asks for. One thread, epoll, no JSON: each text frame of a client makes one write()
// of the same view to every socket of its room, and an acknowledgement to the sender. Usage: floor PORT LEADER MEMBER
// (files with the bytes of the two views up to the value of "v").
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define SOCKETS 70000
#define SEATS 32
static const char TAIL[] = "%08ld,\"now\":\"2026-11-26T10:30:00.000000Z\"}";
typedef struct { int seat[SEATS], leads[SEATS], count; long shown; } Room;
static int room_of[SOCKETS], up[SOCKETS];
static Room rooms[SOCKETS];
static unsigned char view[2][1 << 16];
static size_t head[2];

static void load(int which, const char *file) {
  FILE *from = fopen(file, "rb");
  if (!from) { perror(file); exit(2); }
  head[which] = 4 + fread(view[which] + 4, 1, 60000, from);
  fclose(from);
}

static size_t finish(int which, long shown) {
  char *at = (char *)view[which] + head[which];
  size_t length = head[which] - 4 + (size_t)snprintf(at, 64, TAIL, shown);
  view[which][0] = 0x81, view[which][1] = 126, view[which][2] = (unsigned char)(length >> 8), view[which][3] = (unsigned char)length;
  return length + 4;
}

static void put(int fd, const void *data, size_t length) {
  if (send(fd, data, length, MSG_NOSIGNAL) < 0) { /* a slow client is not what is measured */ }
}

static void shake(int fd, char *text) {
  int room = 0, seat = 0;
  sscanf(text, "GET /ws/%d/%d", &room, &seat);
  Room *in = &rooms[room];
  in->leads[in->count] = seat == 0, in->seat[in->count++] = fd;
  room_of[fd] = room, up[fd] = 1;
  static const char answer[] = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: openbalint\r\n\r\n";
  put(fd, answer, sizeof answer - 1);
}

static void said(int fd, const unsigned char *text, size_t length) {
  if (length > 8 && !memcmp(text, "{\"hello\"", 8)) return;
  Room *in = &rooms[room_of[fd]];
  in->shown++;
  static const unsigned char ok[] = "\x81\x0c{\"ok\":00000}";
  put(fd, ok, 14);
  size_t size[2] = {finish(0, in->shown), finish(1, in->shown)};
  for (int i = 0; i < in->count; i++) put(in->seat[i], view[!in->leads[i]], size[!in->leads[i]]);
}

int main(int argc, char **argv) {
  if (argc != 4) return 1;
  load(0, argv[2]), load(1, argv[3]);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit), limit.rlim_cur = limit.rlim_max, setrlimit(RLIMIT_NOFILE, &limit);
  int door = socket(AF_INET, SOCK_STREAM, 0), one = 1, poll = epoll_create1(0);
  setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(door, (void *)&here, sizeof here) || listen(door, 4096)) { perror("listen"); return 1; }
  struct epoll_event event = {EPOLLIN, {.fd = door}}, events[256];
  epoll_ctl(poll, EPOLL_CTL_ADD, door, &event);
  static unsigned char buffer[65536];
  for (;;) for (int i = 0, ready = epoll_wait(poll, events, 256, -1); i < ready; i++) {
    int fd = events[i].data.fd;
    if (fd == door) {
      int made = accept4(door, NULL, NULL, SOCK_NONBLOCK);
      if (made < 0) continue;
      setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
      up[made] = 0, event = (struct epoll_event){EPOLLIN, {.fd = made}};
      epoll_ctl(poll, EPOLL_CTL_ADD, made, &event);
      continue;
    }
    ssize_t got = read(fd, buffer, sizeof buffer - 1);
    if (got <= 0) {
      Room *in = &rooms[room_of[fd]];
      for (int k = 0; up[fd] && k < in->count; k++) if (in->seat[k] == fd) { in->count--, in->seat[k] = in->seat[in->count], in->leads[k] = in->leads[in->count]; break; }
      close(fd);
      continue;
    }
    if (!up[fd]) { buffer[got] = 0, shake(fd, (char *)buffer); continue; }
    for (unsigned char *at = buffer; at + 6 <= buffer + got;) { // clients' frames are under 126 bytes
      size_t length = at[1] & 127;
      for (size_t k = 0; k < length; k++) at[6 + k] ^= at[2 + (k & 3)];
      if ((at[0] & 15) == 1) said(fd, at + 6, length);
      at += 6 + length;
    }
  }
}
