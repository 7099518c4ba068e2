/**
 * Faults under load, judged by what clients were told: a {@link dev.latchkey.server.fault.Load} of honest clients writes a
 * {@link dev.latchkey.server.fault.History}, and the {@link dev.latchkey.server.fault.HistoryChecker} says what was lost, who was
 * logged out and what counted twice. Neither knows what is behind the address they are given.
 *
 * <p>A scenario is: start what is to be harmed, with {@link dev.latchkey.server.fault.Requests#configuration} in its YAML, be it
 * {@link dev.latchkey.server.fault.Cluster} or one {@link dev.latchkey.server.soak.ServerProcess} on SQLite; {@code Load.begin}
 * with its address; {@code work}, {@code fault} and the harm, {@code work}; heal it; {@code end} with a
 * {@link dev.latchkey.server.fault.StoreLook}; judge {@code history()}. Start at {@code ClusterFaultsTest}.
 */
package dev.latchkey.server.fault;
