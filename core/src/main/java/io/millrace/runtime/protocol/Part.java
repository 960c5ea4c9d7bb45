// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/**
 * What an attempt has made of one partition: its changes of state and its staged output, both durable.
 *
 * @param attempt whose files they are
 * @param length bytes of the files
 * @param crc CRC32C of the files
 * @param in records that went in
 * @param dead how many of them became dead letters
 */
public record Part(AttemptName attempt, long length, int crc, long in, long dead) {

    @Override
    public String toString() {
        return attempt.toString();
    }
}
