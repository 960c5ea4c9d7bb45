// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** The name of one end of a connection, such as {@code 127.0.0.1:51234} or {@code [::1]:51234}. */
final class Origin {

    private Origin() {}

    /** The name of an address; the host's name is never looked up. */
    static String of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return of(address.getHostString(), address.getPort());
        }
        String host = address.getAddress().getHostAddress();
        return of(address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host, address.getPort());
    }

    /** The name of a host as it was written and a port. */
    static String of(String host, int port) {
        return host + ":" + port;
    }
}
