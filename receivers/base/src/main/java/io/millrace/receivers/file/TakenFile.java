// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import java.nio.file.Path;

/**
 * A file that is to be read.
 *
 * @param path where it is
 * @param origin its name in positions and errors
 * @param size up to where it is read
 * @param from where reading begins: what comes before counts as received
 */
record TakenFile(Path path, String origin, long size, long from) {}
