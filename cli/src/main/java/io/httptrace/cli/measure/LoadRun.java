package io.httptrace.cli.measure;

import io.httptrace.cli.options.LoadPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests by a plan. Without a rate each slot begins the next request as soon as its last
 * one is over (a closed loop). With a rate each request has a time at which it is due; if no slot
 * is free then, it is begun late, as soon as one is (an open loop).
 */
public final class LoadRun {

  /** Sends requests. */
  @FunctionalInterface
  public interface Sender {
    /**
     * Sends a request.
     *
     * @param number its number, from 0
     * @param due when it is due, by the timer; null without a rate
     * @return completes when it is over, never exceptionally
     */
    CompletableFuture<?> send(long number, @Nullable Long due);
  }

  private record Ticket(long number, @Nullable Long due) {}

  private final LoadPlan plan;
  private final MeasureTimer timer;
  private final Sender sender;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  // Guarded by this.
  private final Deque<Slot> idle = new ArrayDeque<>();
  private long start;
  private long end;
  private long next;
  private int slots;
  private boolean armed;
  private boolean stopped;

  /**
   * Makes a run.
   *
   * @param plan how many, and when
   * @param timer the time
   * @param sender sends them
   */
  public LoadRun(LoadPlan plan, MeasureTimer timer, Sender sender) {
    this.plan = plan;
    this.timer = timer;
    this.sender = sender;
  }

  /**
   * Starts it.
   *
   * @return completes when all requests are over, or it is stopped
   */
  public CompletableFuture<Void> start() {
    int count = (int) Math.min(plan.concurrency(), plan.requests());
    synchronized (this) {
      start = timer.nanoTime();
      end = start;
      slots = count;
    }
    for (int i = 0; i < count; i++) {
      new Slot().proceed();
    }
    return done;
  }

  /** Begins no more requests, and does not wait for those that are under way. */
  public void stop() {
    synchronized (this) {
      stopped = true;
      end = timer.nanoTime();
    }
    done.complete(null);
  }

  /** {@return from the start to the end of the last request, or until now} In nanoseconds. */
  public synchronized long elapsedNanos() {
    return (done.isDone() ? end : timer.nanoTime()) - start;
  }

  /** {@return how many requests have been begun} */
  public synchronized long begun() {
    return next;
  }

  /** {@return how many requests should have been begun, by the rate, and have not} */
  public synchronized long overdue() {
    if (!plan.paced()) {
      return 0;
    }
    long limit = plan.duration() == null ? Long.MAX_VALUE : plan.duration().toNanos() - 1;
    return Math.max(0, plan.dueBy(Math.min(limit, elapsedNanos())) - next);
  }

  private @Nullable Ticket take(Slot slot) {
    boolean over;
    synchronized (this) {
      long now = timer.nanoTime();
      if (!isOver(now)) {
        long due = start + plan.due(next);
        if (!plan.paced() || due - now <= 0) {
          return new Ticket(next++, plan.paced() ? due : null);
        }
        idle.add(slot);
        arm(due);
        return null;
      }
      slots -= 1 + idle.size();
      idle.clear();
      over = slots == 0 && !stopped;
      end = over ? now : end;
    }
    if (over) {
      done.complete(null);
    }
    return null;
  }

  /** Whether no further request will be begun. */
  private boolean isOver(long now) {
    if (stopped || next >= plan.requests()) {
      return true;
    }
    if (plan.duration() == null) {
      return false;
    }
    long limit = plan.duration().toNanos();
    return now - start >= limit || plan.due(next) >= limit;
  }

  private void arm(long due) {
    if (!armed) {
      armed = true;
      timer.at(due, this::wake);
    }
  }

  /** Wakes a slot for each request that is due. */
  private void wake() {
    synchronized (this) {
      armed = false;
    }
    while (true) {
      Slot slot;
      synchronized (this) {
        if (idle.isEmpty()) {
          return;
        }
        long now = timer.nanoTime();
        long due = start + plan.due(next);
        if (!isOver(now) && due - now > 0) {
          arm(due);
          return;
        }
        slot = idle.remove();
      }
      slot.proceed();
    }
  }

  /** Room for one request at a time. */
  private final class Slot {
    /** A request may be over before its send returns: then the loop goes on, and not deeper. */
    private final AtomicInteger work = new AtomicInteger();

    void proceed() {
      if (work.getAndIncrement() != 0) {
        return;
      }
      do {
        Ticket ticket = take(this);
        if (ticket != null) {
          CompletableFuture<?> over = sender.send(ticket.number(), ticket.due());
          over.whenComplete((result, error) -> proceed());
        }
      } while (work.decrementAndGet() != 0);
    }
  }
}
