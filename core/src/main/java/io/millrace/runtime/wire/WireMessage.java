// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/**
 * A message between actors that may cross from one process to another.
 *
 * <p>Messages are records. Which of them may come in, and under which manifest, says a {@link MessageRegistry}.
 */
public interface WireMessage {}
