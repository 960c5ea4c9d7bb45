/** What a user hears of a running job: events and figures. */
@NullMarked
package io.millrace.listener;

import org.jspecify.annotations.NullMarked;
