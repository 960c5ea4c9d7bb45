// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

/**
 * An operator of a job that was kept.
 *
 * @param node its number in the plan
 * @param name its name, unique in the job
 * @param source true if it is an input
 */
public record KeptOperator(int node, String name, boolean source) {}
