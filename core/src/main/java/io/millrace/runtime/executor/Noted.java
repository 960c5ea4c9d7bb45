// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.Exchange;
import io.millrace.operator.Pair;
import io.millrace.operator.PartitionOperator;

/** Tells what a record was of which only the key and the value are left. */
final class Noted {

    private Noted() {}

    static Object record(PartitionOperator<Object, Object, Object, Object> operator, Object key, Object value) {
        return operator.exchange() == Exchange.BY_KEY ? new Pair<>(key, value) : value;
    }
}
