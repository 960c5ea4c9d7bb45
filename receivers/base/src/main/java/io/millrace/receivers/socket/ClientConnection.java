// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client connected: one thread connects and writes, another one, as long as the connection lives, reads what the server says.
 * Thread-safe.
 */
final class ClientConnection {

    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(5);
    private static final int LONGEST_ANSWER = 1024;

    /** So often in a row a server may know less than was acknowledged: a replaced one is gone before, some 10 s later. */
    private static final int MOST_BEHIND = 10;

    private final AckedLineClient.Options options;
    private final PendingLines pending;
    private final int mostBehind;
    private @Nullable Socket socket;
    private volatile boolean closed;

    /** Used by the writer only. */
    private int behind;

    /** The server has refused the client, and would do so again. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    /** A connection and whether it is over. */
    private static final class Link {
        private final Socket socket;
        private volatile boolean over;

        Link(Socket socket) {
            this.socket = socket;
        }
    }

    ClientConnection(AckedLineClient.Options options, PendingLines pending) {
        this(options, pending, MOST_BEHIND);
    }

    /** For tests: gives up after so many answers in a row of servers that know less than was acknowledged. */
    ClientConnection(AckedLineClient.Options options, PendingLines pending, int mostBehind) {
        this.options = options;
        this.pending = pending;
        this.mostBehind = mostBehind;
    }

    void start() {
        thread("writer", this::run).start();
    }

    private Thread thread(String role, Runnable work) {
        Thread thread = new Thread(work, "acked-lines-" + options.clientId() + "-" + role);
        thread.setDaemon(true);
        return thread;
    }

    private void run() {
        Duration delay = FIRST_DELAY;
        while (!pending.hasFailed()) {
            try {
                boolean served = serve();
                delay = served ? FIRST_DELAY : delay;
                pending.pause(delay.toNanos());
                delay = delay.multipliedBy(2).compareTo(LONGEST_DELAY) < 0 ? delay.multipliedBy(2) : LONGEST_DELAY;
            } catch (IOException e) {
                pending.fail(givenUp(e));
            } catch (InterruptedException e) {
                pending.fail(new IOException("the thread of the client was interrupted", e));
            }
        }
    }

    private IOException givenUp(IOException why) {
        return new IOException(
                "client " + options.clientId() + " of " + Origin.of(options.host(), options.port()) + " gives up: "
                        + why.getMessage(),
                why);
    }

    /**
     * Connects, and sends until the connection breaks.
     *
     * @return whether the server was ready for lines
     * @throws IOException if there is no point in trying again
     */
    private boolean serve() throws IOException, InterruptedException {
        boolean served = false;
        try (Socket connected = new Socket()) {
            if (!register(connected)) {
                return false;
            }
            int timeout = (int) Math.min(
                    Integer.MAX_VALUE, Math.max(1, options.answerTimeout().toMillis()));
            connected.connect(new InetSocketAddress(options.host(), options.port()), timeout);
            connected.setTcpNoDelay(true);
            connected.setSoTimeout(timeout);
            OutputStream out = new BufferedOutputStream(connected.getOutputStream(), 1 << 16);
            out.write(("HELLO 1 " + options.clientId()
                            + options.token().map(token -> " " + token).orElse("") + "\n")
                    .getBytes(ISO_8859_1));
            out.flush();
            InputStream in = new BufferedInputStream(connected.getInputStream());
            goOn(number(answer(in), "OK "));
            connected.setSoTimeout(0);
            served = true;
            write(connected, in, out);
        } catch (Refused | PendingLines.Mismatch e) {
            throw e;
        } catch (IOException e) {
            // it is tried again
        }
        return served;
    }

    /** Whoever listens where a replaced server still does may know less for a while: nothing is sent to it. */
    private void goOn(long number) throws IOException {
        try {
            pending.goOn(number);
            behind = 0;
        } catch (PendingLines.Behind e) {
            behind++;
            if (behind >= mostBehind) {
                throw new PendingLines.Mismatch(e.getMessage() + " (" + behind + " times in a row)");
            }
            throw e;
        }
    }

    private synchronized boolean register(Socket connecting) {
        socket = connecting;
        return !closed;
    }

    private void write(Socket connected, InputStream in, OutputStream out) throws IOException, InterruptedException {
        Link link = new Link(connected);
        Thread reader = thread("reader", () -> read(link, in));
        reader.start();
        try {
            while (!link.over) {
                PendingLines.Batch batch = pending.take(() -> link.over);
                long number = batch.first();
                for (byte[] line : batch.lines()) {
                    out.write((number++ + " ").getBytes(ISO_8859_1));
                    out.write(line);
                    out.write('\n');
                }
                out.flush();
            }
        } finally {
            connected.close();
            reader.join();
        }
    }

    private void read(Link link, InputStream in) {
        try {
            while (true) {
                pending.acknowledged(number(answer(in), "ACK "));
            }
        } catch (Refused | PendingLines.Mismatch e) {
            pending.fail(givenUp(e));
        } catch (IOException e) {
            // the connection is over
        } finally {
            link.over = true;
            try {
                link.socket.close();
            } catch (IOException e) {
                // it is closed
            }
            pending.wake();
        }
    }

    private static long number(String answer, String verb) throws IOException {
        if (answer.startsWith("ERR " + ProtocolFault.SLOW)) {
            throw new IOException(answer); // the network's fault, perhaps
        }
        if (answer.startsWith("ERR ")) {
            throw new Refused("the server says: " + answer.substring(4));
        }
        try {
            if (answer.startsWith(verb)) {
                return Long.parseLong(answer.substring(verb.length()));
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw new Refused("the server does not speak the acknowledged line protocol, version 1");
    }

    private static String answer(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server has closed the connection");
            }
            if (line.size() == LONGEST_ANSWER) {
                throw new Refused("the server says more than " + LONGEST_ANSWER + " bytes in a line");
            }
            line.write(next);
        }
        return line.toString(ISO_8859_1);
    }

    void close() {
        closed = true;
        pending.fail(new IOException("client " + options.clientId() + " is closed"));
        Socket open;
        synchronized (this) {
            open = socket;
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // it is closed
        }
    }
}
