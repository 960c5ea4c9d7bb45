/** What a partition remembers: tables of keys that live for one batch, and tables that outlive it and can be undone. */
@NullMarked
package io.millrace.runtime.state;

import org.jspecify.annotations.NullMarked;
