// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where and how a job is made durable.
 *
 * @param directory the checkpoint directory, which belongs to one job; empty if the job is not durable, or elsewhere
 * @param segmentBytes how long a file of the log may become before the next one is begun
 * @param snapshotBytes how much the log grows, besides the size of the last snapshot, before the state is written anew and older files go
 * @param allowNetworkFileSystem true if the directory may be on a network file system, where a second driver may not be noticed
 */
public record CheckpointSettings(
        Optional<Path> directory, int segmentBytes, long snapshotBytes, boolean allowNetworkFileSystem) {}
