// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import io.millrace.testkit.LogStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileLogStorageContractTest extends LogStorageContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected LogStorage storage() {
        return new FileLogStorage(directory);
    }
}
