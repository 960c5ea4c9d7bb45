// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.kafka;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

class KafkaSinkContractTest extends OutputContract<String> {

    private TestTopic topic;

    @SuppressWarnings("NullAway") // JUnit calls makeTopic() first
    KafkaSinkContractTest() {}

    @BeforeEach
    void makeTopic() throws Exception {
        topic = new TestTopic();
    }

    @Override
    protected OutputOperator<String> output() {
        return topic.sink();
    }

    @Override
    protected List<String> records(int first, int count) {
        return TestTopic.records(first, count);
    }

    @Override
    protected List<String> written() {
        return topic.committed();
    }
}
