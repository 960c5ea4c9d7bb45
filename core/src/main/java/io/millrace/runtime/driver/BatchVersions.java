// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.VersionInfo;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.executor.VersionedValues;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The versions of the job's values that the batch under way has. They are fixed when it begins, so all attempts at it have the same. Used
 * by the driver's thread only.
 */
final class BatchVersions {

    private final VersionedValues values;
    private final Executor outputThread;
    private List<VersionInfo> versions = List.of();

    BatchVersions(VersionedValues values, Executor outputThread) {
        this.values = values;
        this.outputThread = outputThread;
    }

    /** A batch begins: what was set takes effect. */
    void begins(BatchTime batch) {
        versions = values.begin(batch, outputThread);
    }

    /** What listeners are told. */
    List<VersionInfo> infos() {
        return versions;
    }

    /** What executors are told. */
    List<Long> numbers() {
        return versions.stream().map(VersionInfo::number).toList();
    }
}
