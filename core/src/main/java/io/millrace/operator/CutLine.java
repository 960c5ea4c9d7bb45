// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * What is left of a line that was too long to be taken, as the record of a {@link DeadLetter}; it is no record to be fed again.
 *
 * @param prefix its first bytes, at most 128, as text
 * @param length how long it was, in bytes, without its end
 * @param crc32c the CRC32C of all its bytes
 */
public record CutLine(String prefix, long length, int crc32c) {}
