// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Trains with Spark MLlib the models that the samples score with. The only programs here that need Spark. */
@NullMarked
package io.millrace.samples.train;

import org.jspecify.annotations.NullMarked;
