/* Notes every name that a program has resolved and every address it connects to, and lets it reach this machine only.
   Preloaded into it: LD_PRELOAD=resolver.so NOTES=file. Python's own sockets are not the only ones that a library has. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static void note(const char *what, const char *whom) {
    const char *path = getenv("NOTES");
    FILE *file = path ? fopen(path, "a") : NULL;
    if (file) {
        fprintf(file, "%s %s\n", what, whom);
        fclose(file);
    }
}

static int is_here(const char *name) {
    return !name || !strcmp(name, "localhost") || !strncmp(name, "127.", 4) || !strcmp(name, "::1");
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found) {
    int (*next)(const char *, const char *, const struct addrinfo *, struct addrinfo **) =
        dlsym(RTLD_NEXT, "getaddrinfo");
    if (is_here(name)) return next(name, service, hints, found);
    note("resolve", name);
    return EAI_NONAME;
}

int connect(int descriptor, const struct sockaddr *address, socklen_t length) {
    int (*next)(int, const struct sockaddr *, socklen_t) = dlsym(RTLD_NEXT, "connect");
    char words[INET6_ADDRSTRLEN] = "";
    if (address->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *)address)->sin_addr, words, sizeof words);
    else if (address->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)address)->sin6_addr, words, sizeof words);
    if (!*words || is_here(words)) return next(descriptor, address, length);
    note("connect", words);
    errno = ENETUNREACH;
    return -1;
}
