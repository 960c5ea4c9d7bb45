// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Batches in objects of S3, each once, who reads them, and the log of a job in S3. */
@NullMarked
package io.millrace.s3;

import org.jspecify.annotations.NullMarked;
