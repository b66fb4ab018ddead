#ifndef FERRY_CLINUXXFRM_H
#define FERRY_CLINUXXFRM_H

/* The kernel's own words for netlink and XFRM: message and attribute types, flags, and the sizes of its structures. */
#include <netinet/in.h>
#include <sys/socket.h>

#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/tc_act/tc_mirred.h>
#include <linux/tc_act/tc_skbedit.h>
#include <linux/udp.h>
#include <linux/xfrm.h>

/* ioctl is variadic, which Swift cannot call. Makes an open /dev/net/tun the interface of that name, whose packets are whole
   IP packets with nothing before them. Gives 0, or -1 with errno. */
int ferry_tun_attach(int descriptor, const char *name);
/* Reads the datagrams that are there, `most` of them and 64 at the most, each into `size` octets of its own; their whole
   lengths are told, also of those that are longer. Gives how many there were, or -1 with errno. recvmmsg is not in Glibc's
   module map. */
int ferry_receive_datagrams(int descriptor, void *room, unsigned size, unsigned most, unsigned *lengths);
/* Puts the calling thread in the network namespace of an open file below /run/netns. Gives 0, or -1 with errno. */
int ferry_enter_network(int descriptor);

#endif
