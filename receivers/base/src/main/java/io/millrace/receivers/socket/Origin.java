// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The name of one end of a connection, such as {@code 127.0.0.1:51234} or {@code [::1]:51234}. */
final class Origin {

    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|.*:.*");

    private Origin() {}

    /** The name of an address; the host's name is never looked up. */
    static String of(InetSocketAddress address) {
        if (address.isUnresolved()) {
            return of(address.getHostString(), address.getPort());
        }
        String host = address.getAddress().getHostAddress();
        return of(address.getAddress() instanceof Inet6Address ? "[" + host + "]" : host, address.getPort());
    }

    /** Where to connect to: an address that was written as numbers is taken as it is, a name is left to be looked up at the connect. */
    static InetSocketAddress address(String host, int port) {
        if (NUMBERS.matcher(host).matches()) {
            try {
                return new InetSocketAddress(InetAddress.getByName(host), port);
            } catch (UnknownHostException e) {
                return InetSocketAddress.createUnresolved(host, port); // the connect says what is wrong
            }
        }
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** The name of a host as it was written and a port. */
    static String of(String host, int port) {
        return host + ":" + port;
    }
}
