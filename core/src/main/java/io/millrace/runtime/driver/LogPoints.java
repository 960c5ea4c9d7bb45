// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.protocol.BatchRecord;

/** Which points lie before and after a record of the protocol is logged. */
final class LogPoints {

    private LogPoints() {}

    /** The log is about to be given the record. */
    static DurablePoint before(BatchRecord record) {
        if (record instanceof BatchRecord.Add) {
            return DurablePoint.ADD_LOGGING;
        }
        if (record instanceof BatchRecord.Plan) {
            return DurablePoint.PLAN_LOGGING;
        }
        return record instanceof BatchRecord.Prepared ? DurablePoint.PREPARED_LOGGING : DurablePoint.COMMITTED_LOGGING;
    }

    /** The record stands in the log. */
    static DurablePoint after(BatchRecord record) {
        if (record instanceof BatchRecord.Add) {
            return DurablePoint.ADD_LOGGED;
        }
        if (record instanceof BatchRecord.Plan) {
            return DurablePoint.PLAN_LOGGED;
        }
        return record instanceof BatchRecord.Prepared ? DurablePoint.PREPARED_LOGGED : DurablePoint.COMMITTED_LOGGED;
    }
}
