// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.driver.Driver;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.ingest.ReceiverHost;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.state.PairBuffer;
import io.millrace.runtime.state.StateDelta;
import io.millrace.runtime.wire.MessageRegistry;

/** The closed list of what actors say to each other, and how the large parts of it become bytes. */
public final class MessageTypes {

    /** All of it. */
    public static final MessageRegistry ALL = MessageRegistry.builder()
            .messages("holder", BlockHolder.Command.class)
            .messages("holder", BlockHolder.Event.class)
            .messages("blocks", BlockManager.Command.class)
            .messages("blocks", BlockManager.Event.class)
            .messages("blocks", BlockManager.ReceiverEvent.class)
            .messages("receivers", ReceiverHost.Command.class)
            .messages("receiver", ReceiverSupervisor.Command.class)
            .messages("receiver", ReceiverSupervisor.Event.class)
            .messages("executor", Executor.Command.class)
            .messages("executor", Executor.Event.class)
            .messages("driver", Driver.Command.class)
            .codec(Block.class, BlockCodec::new)
            .codec(PairBuffer.class, PairBufferCodec::new)
            .codec(StateDelta.class, StateDeltaCodec::new)
            .codec(Throwable.class, new ThrowableCodec())
            .build();

    private MessageTypes() {}
}
