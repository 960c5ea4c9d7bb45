// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

/**
 * A node whose records are collected for an output that is attached to the running job.
 *
 * @param output the number under which they are collected; one that no node of the plan has
 * @param node the node they come from
 * @param limit how many records of a batch the output looks at
 */
public record Tap(int output, int node, int limit) {}
