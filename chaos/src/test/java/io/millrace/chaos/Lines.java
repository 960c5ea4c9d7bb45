// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.chaos;

/** What the clients send: {@code client,number,key,value}, all of it following from the client and the number. */
final class Lines {

    /** How many keys there are. */
    static final int KEYS = 20;

    private Lines() {}

    /** The line of a client, from 1. */
    static String of(String client, long number) {
        return client + "," + number + "," + key(client, number) + "," + value(client, number);
    }

    /** Its key. */
    static String key(String client, long number) {
        return "key" + Math.floorMod(mix(client, number), KEYS);
    }

    /** Its value, different enough that a sum tells which lines are in it. */
    static long value(String client, long number) {
        return mix(client, number) >>> 34;
    }

    private static long mix(String client, long number) {
        long mixed = (client.hashCode() * 0x9E3779B97F4A7C15L) ^ (number * 0xBF58476D1CE4E5B9L);
        mixed = (mixed ^ (mixed >>> 30)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
