// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.listener;

/**
 * Which version of a versioned value a batch was processed with.
 *
 * @param name the name of the value
 * @param number the number of the version, from 1
 * @param label what people call the version
 */
public record VersionInfo(String name, long number, String label) {}
