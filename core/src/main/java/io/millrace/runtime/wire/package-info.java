/**
 * How messages between actors and the values of users become bytes: by explicit manifests and names from closed lists,
 * never by class names, and with every length checked before anything is allocated.
 */
@NullMarked
package io.millrace.runtime.wire;

import org.jspecify.annotations.NullMarked;
