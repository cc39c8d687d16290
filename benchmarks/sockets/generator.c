// Load for rooms of WebSocket clients: one thread, epoll, loopback only.
//
// A file names every client (port, room, path, subprotocols), rooms one after the other, the leaders of a room first. A
// command of one member makes the server send a view to everybody in the room; the number "v" in a view says how many
// commands of its room it shows, so that a merged view counts for all of them and the latency of each is known.
//
//   closed loop: every room keeps W commands in flight            -> the most that the server can do
//   open loop:   commands come by chance, R a second in all        -> latency from the moment a command was due
//
// The CPU time of the server's processes is read from /proc at both ends of the measured time. Result: one line of JSON.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <math.h>
#include <signal.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define KEPT 16384      // bytes of a frame that is not whole yet
#define PAST 4096       // commands of a room whose moment is remembered
#define BUCKETS 4000000 // microseconds

typedef struct { int fd, room; long seen, number; size_t have; unsigned char part[KEPT]; } Client;
typedef struct { int first, next; long sent, done, base; int64_t last, due[PAST]; } Room;

static Client *clients;
static Room *rooms;
static int count, room_count, seats = 12, inflight = 1, pids[8], pid_count, measuring, begin;
static double seconds = 3, warm = 1, rate;
static uint32_t *histogram;
static long samples, views, bytes, acks, refused, closed_by_server, stalls;

static int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static uint64_t state = 88172645463325252ULL;
static double chance(void) {
  state ^= state << 13, state ^= state >> 7, state ^= state << 17;
  return (double)(state >> 11) / 9007199254740992.0;
}

static void send_all(int fd, const unsigned char *data, size_t length) {
  while (length) {
    ssize_t sent = write(fd, data, length);
    if (sent > 0) data += sent, length -= (size_t)sent;
    else if (errno == EAGAIN) usleep(50);
    else return; // closed: noticed when it is read
  }
}

static void send_frame(Client *client, int opcode, const char *text, size_t length) { // masked, under 126 bytes
  unsigned char frame[160] = {(unsigned char)(0x80 | opcode), (unsigned char)(0x80 | length)};
  uint32_t mask = (uint32_t)state;
  memcpy(frame + 2, &mask, 4);
  for (size_t i = 0; i < length; i++) frame[6 + i] = (unsigned char)text[i] ^ frame[2 + (i & 3)];
  if (client->fd >= 0) send_all(client->fd, frame, length + 6);
}

static void command(int room, int64_t due) {
  Room *in = &rooms[room];
  in->next = in->next < 2 || in->next == seats - 1 ? 2 : in->next + 1; // members take turns; the first two lead
  Client *by = &clients[in->first + in->next];
  char text[96];
  by->number++;
  int length = snprintf(text, sizeof text, "{\"n\":%ld,\"do\":\"set-hand\",\"raised\":%s}", by->number, by->number & 1 ? "true" : "false");
  in->due[in->sent % PAST] = due;
  in->sent++, in->last = now();
  send_frame(by, 1, text, (size_t)length);
}

static long version(const unsigned char *text, size_t length) { // the last "v": of a view
  size_t from = length > 90 ? length - 90 : 0;
  const unsigned char *found = memmem(text + from, length - from, "\"v\":", 4);
  return found ? strtol((const char *)found + 4, NULL, 10) : -1;
}

static void heard(Client *client, int opcode, unsigned char *text, size_t length) {
  if (opcode == 9) { send_frame(client, 10, (char *)text, length); return; }
  if (opcode != 1) return;
  if (length > 6 && !memcmp(text, "{\"ok\"", 5)) { acks++; return; }
  if (length > 6 && !memcmp(text, "{\"no\"", 5)) { refused++; return; }
  if (length < 8 || memcmp(text, "{\"view\"", 7)) return;
  long shown = version(text, length);
  Room *room = &rooms[client->room];
  if (!begin || shown <= client->seen) { if (shown > client->seen) client->seen = shown; return; }
  int64_t at = now();
  for (long which = client->seen; which < shown; which++) { // commands that this view shows and the last did not
    long index = which - room->base;
    if (index < 0) continue;
    room->done++;
    if (!measuring) continue;
    long us = (at - room->due[index % PAST]) / 1000;
    histogram[us < 0 ? 0 : us < BUCKETS ? us : BUCKETS - 1]++, samples++;
  }
  if (measuring) views++, bytes += (long)length;
  client->seen = shown;
}

static void read_from(Client *client) {
  static unsigned char buffer[1 << 19];
  memcpy(buffer, client->part, client->have);
  ssize_t got = read(client->fd, buffer + client->have, sizeof buffer - KEPT);
  if (got <= 0) {
    if (got == 0) close(client->fd), client->fd = -1, closed_by_server++;
    return;
  }
  unsigned char *at = buffer, *end = buffer + client->have + got;
  while (end - at >= 2) {
    size_t length = at[1] & 127, head = 2;
    if (length == 126) { if (end - at < 4) break; length = (size_t)(at[2] << 8 | at[3]), head = 4; }
    else if (length == 127) { fprintf(stderr, "a frame over 64 KiB\n"); exit(2); }
    if ((size_t)(end - at) < head + length) break;
    heard(client, at[0] & 15, at + head, length);
    at += head + length;
  }
  client->have = (size_t)(end - at);
  if (client->have > KEPT) { fprintf(stderr, "a frame over %d bytes\n", KEPT); exit(2); }
  memcpy(client->part, at, client->have);
}

static void take(int poll, int milliseconds) {
  struct epoll_event events[512];
  int ready = epoll_wait(poll, events, 512, milliseconds);
  for (int i = 0; i < ready; i++) {
    Client *client = events[i].data.ptr;
    if (client->fd >= 0) read_from(client);
    Room *room = &rooms[client->room];
    if (begin && rate <= 0) while (room->sent - room->done / seats < inflight) command(client->room, now());
  }
}

static int open_client(int port, const char *path, const char *protocols) {
  int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (connect(fd, (void *)&to, sizeof to)) { perror("connect"); exit(2); }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  char text[2048];
  int length = snprintf(text, sizeof text,
    "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: %s\r\n\r\n", path, port, protocols);
  send_all(fd, (unsigned char *)text, (size_t)length);
  for (length = 0; length < 2000 && (length < 4 || memcmp(text + length - 4, "\r\n\r\n", 4)); length++)
    if (recv(fd, text + length, 1, 0) != 1) { fprintf(stderr, "no handshake\n"); exit(2); }
  text[length] = 0;
  if (!strstr(text, " 101")) { fprintf(stderr, "refused: %.40s\n", text); exit(2); }
  fcntl(fd, F_SETFL, O_NONBLOCK);
  return fd;
}

static void open_all(const char *file, int poll) {
  FILE *list = fopen(file, "r");
  if (!list) { perror(file); exit(2); }
  char path[256], protocols[1024], hello[64];
  for (int port, room; count < room_count * seats && fscanf(list, "%d %d %255s %1023[^\n]", &port, &room, path, protocols) == 4; count++) {
    Client *client = &clients[count];
    *client = (Client){.fd = open_client(port, path, protocols), .room = room};
    if (count % seats == 0) rooms[room].first = count;
    struct epoll_event event = {EPOLLIN, {.ptr = client}};
    epoll_ctl(poll, EPOLL_CTL_ADD, client->fd, &event);
    int length = snprintf(hello, sizeof hello, "{\"hello\":\"tab-of-client-%08d-%08x\"}", count, (unsigned)getpid());
    send_frame(client, 1, hello, (size_t)length);
    if (count % 50 == 49) take(poll, 0); // who does not answer a ping is cut
  }
  fclose(list);
}

static double cpu_of(int pid) { // seconds, user and system
  char name[64], text[1024];
  snprintf(name, sizeof name, "/proc/%d/stat", pid);
  FILE *file = fopen(name, "r");
  if (!file) return 0;
  text[fread(text, 1, sizeof text - 1, file)] = 0;
  fclose(file);
  long user = 0, system = 0;
  char *rest = strrchr(text, ')');
  if (rest) sscanf(rest + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld", &user, &system);
  return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static double cpu(void) {
  double sum = 0;
  for (int i = 0; i < pid_count; i++) sum += cpu_of(pids[i]);
  return sum;
}

static double percentile(double part) {
  long want = (long)ceil((double)samples * part), so_far = 0;
  for (long us = 0; us < BUCKETS; us++) if ((so_far += histogram[us]) >= want) return (double)us / 1000;
  return BUCKETS / 1000.0;
}

static void rest(int poll, double time) {
  for (int64_t until = now() + (int64_t)(time * 1e9); now() < until;) take(poll, 5);
}

static void start_sessions(int poll) { // the leader of each room begins; then everybody has seen the same view
  for (int room = 0; room < room_count; room++) {
    Client *leader = &clients[rooms[room].first];
    leader->number = 1;
    const char *text = "{\"n\":1,\"do\":\"start\"}";
    send_frame(leader, 1, text, strlen(text));
    if (room % 50 == 49) take(poll, 1);
  }
  rest(poll, 1.5 + room_count / 200.0);
  for (int room = 0; room < room_count; room++) {
    long seen = 0;
    for (int i = 0; i < seats; i++) if (clients[rooms[room].first + i].seen > seen) seen = clients[rooms[room].first + i].seen;
    for (int i = 0; i < seats; i++) clients[rooms[room].first + i].seen = seen;
    rooms[room].base = seen;
  }
}

static void watch(void) { // a room where nothing came for 2 s is pushed once more, and counted
  for (int room = 0; room < room_count; room++) {
    Room *in = &rooms[room];
    if (now() - in->last < 2000000000LL) continue;
    stalls++, in->done = in->sent * seats;
    command(room, now());
  }
}

int main(int argc, char **argv) {
  const char *file = "clients", *label = "";
  for (int option; (option = getopt(argc, argv, "f:r:s:d:w:W:R:k:L:")) != -1;) switch (option) {
    case 'f': file = optarg; break;
    case 'r': room_count = atoi(optarg); break;
    case 's': seats = atoi(optarg); break;
    case 'd': seconds = atof(optarg); break;
    case 'w': warm = atof(optarg); break;
    case 'W': inflight = atoi(optarg); break;
    case 'R': rate = atof(optarg); break;
    case 'k': pids[pid_count++] = atoi(optarg); break;
    case 'L': label = optarg; break;
    default: return 1;
  }
  signal(SIGPIPE, SIG_IGN);
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit), limit.rlim_cur = limit.rlim_max, setrlimit(RLIMIT_NOFILE, &limit);
  clients = calloc((size_t)(room_count * seats), sizeof *clients);
  rooms = calloc((size_t)room_count, sizeof *rooms);
  histogram = calloc(BUCKETS, sizeof *histogram);
  int poll = epoll_create1(0);
  open_all(file, poll);
  rest(poll, 0.5);
  start_sessions(poll);
  begin = 1;
  int64_t start = now(), from = start + (int64_t)(warm * 1e9), to = from + (int64_t)(seconds * 1e9), watched = start, begun = 0, next = start;
  double cpu_from = 0;
  if (rate <= 0) for (int room = 0; room < room_count; room++) for (int i = 0; i < inflight; i++) command(room, now());
  for (int64_t at = start; at < to; at = now()) {
    if (!measuring && at >= from) measuring = 1, begun = at, cpu_from = cpu();
    while (rate > 0 && next <= at) {
      command((int)(chance() * room_count), next);
      next += (int64_t)(-log(1 - chance()) * 1e9 / rate);
    }
    if (rate <= 0 && at - watched > 250000000LL) watched = at, watch();
    int64_t wait = rate > 0 ? (next - now()) / 1000000 : 2;
    take(poll, wait < 0 ? 0 : wait > 2 ? 2 : (int)wait);
  }
  double spent = cpu() - cpu_from, lasted = (double)(now() - begun) / 1e9;
  printf("{\"label\":\"%s\",\"rooms\":%d,\"sockets\":%d,\"messages_s\":%.1f,\"frames_s\":%.1f,\"bytes\":%.0f,\"cpu\":%.3f,\"us_message\":%.3f,"
         "\"busy\":%.3f,\"p50\":%.3f,\"p99\":%.3f,\"stalls\":%ld,\"refused\":%ld,\"closed\":%ld}\n",
    label, room_count, count, (double)samples / lasted, (double)views / lasted, views ? (double)bytes / (double)views : 0, spent,
    samples ? 1e6 * spent / (double)samples : 0, spent / lasted, percentile(.5), percentile(.99), stalls, refused, closed_by_server);
  return 0;
}
