#define _GNU_SOURCE
#include "CLinuxXfrm.h"

#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/ioctl.h>

int ferry_tun_attach(int descriptor, const char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof request);
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    request.ifr_flags = IFF_TUN | IFF_NO_PI;
    return ioctl(descriptor, TUNSETIFF, &request);
}

int ferry_receive_datagrams(int descriptor, void *room, unsigned size, unsigned most, unsigned *lengths) {
    struct iovec parts[most];
    struct mmsghdr headers[most];
    memset(headers, 0, sizeof headers);
    for (unsigned index = 0; index < most; index++) {
        parts[index] = (struct iovec){.iov_base = (char *)room + (size_t)index * size, .iov_len = size};
        headers[index].msg_hdr.msg_iov = &parts[index];
        headers[index].msg_hdr.msg_iovlen = 1;
    }
    int count = recvmmsg(descriptor, headers, most, MSG_TRUNC | MSG_DONTWAIT, NULL);
    for (int index = 0; index < count; index++) lengths[index] = headers[index].msg_len;
    return count;
}

int ferry_enter_network(int descriptor) { return setns(descriptor, CLONE_NEWNET); }
