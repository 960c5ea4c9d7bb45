// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
/** Jobs in processes of their own, which are killed, halted and robbed of their disk. */
@NullMarked
package io.millrace.chaos;

import org.jspecify.annotations.NullMarked;
