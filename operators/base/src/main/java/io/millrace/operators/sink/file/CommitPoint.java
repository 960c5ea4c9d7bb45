// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

/** The points of a commit at which a test may break it off. */
enum CommitPoint {
    /** Some of the data are in files; nothing is forced to the disk. */
    DATA_WRITTEN,
    /** All data are on the disk; no manifest. */
    DATA_FORCED,
    /** The manifest is written, under another name. */
    MANIFEST_WRITTEN,
    /** The manifest is there. */
    COMMITTED,
    /** An archive of manifests is there, and so are the manifests in it. */
    ARCHIVED
}
