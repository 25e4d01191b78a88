private import FlyingSocks

#if canImport(FoundationEssentials)
  private import FoundationEssentials
#else
  private import Foundation
#endif
#if canImport(Glibc)
  private import Glibc
#elseif canImport(Darwin)
  private import Darwin
#endif

/// A server on the loopback address 127.0.0.1, which no other machine can reach.
struct LoopbackServer: Sendable {
  /// The port that was asked for, or the one that was free.
  let port: UInt16
  private let socket: Socket
  private let pool: any AsyncSocketPool
  /// Seconds that a browser may take to send its question.
  private let patience: Double

  /// - Parameters:
  ///   - port: 0 for one that is free.
  ///   - patience: seconds that a browser may take to send its question.
  /// - Throws: when the port is taken.
  init(port: UInt16, patience: Double = 10) async throws {
    self.patience = patience
    let pool = SocketPool<Poll>.make()
    try await pool.prepare()
    let socket = try Socket(domain: Int32(sockaddr_in.family))
    try socket.setValue(true, for: .localAddressReuse)
    try socket.bind(to: .inet(ip4: "127.0.0.1", port: port))
    try socket.listen()
    guard case .ip4(_, let port) = try socket.sockname() else { throw SocketError.unsupportedAddress }
    (self.socket, self.pool, self.port) = (socket, pool, port)
  }

  /// Answers requests, one to a connection and many connections at once, until the task is cancelled.
  func run(answer: @Sendable @escaping (PreviewRequest) async -> PreviewResponse) async throws {
    defer { try? socket.close() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await pool.run() }
      group.addTask {
        let listener = try AsyncSocket(socket: socket, pool: pool)
        try await withThrowingDiscardingTaskGroup { connections in
          for try await connection in listener.sockets {
            connections.addTask {
              // A browser that goes away in the middle is its own affair.
              try? await serve(connection, answer)
              try? connection.close()
            }
          }
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func serve(
    _ connection: AsyncSocket, _ answer: @Sendable @escaping (PreviewRequest) async -> PreviewResponse
  ) async throws {
    var received: [UInt8] = []
    while true {
      switch readRequestHead(received) {
      case .unfinished: received += try await read(connection)
      case .malformed: return try await connection.write(Data(PreviewResponse(status: 400).bytes(withBody: true)))
      case .request(let request):
        let response = await answer(request)
        return try await connection.write(Data(response.bytes(withBody: request.method != "HEAD")))
      }
    }
  }

  /// The bytes that come next, if they come soon: a connection that says nothing must not stay open for ever.
  private func read(_ connection: AsyncSocket) async throws -> [UInt8] {
    try await withThrowingTaskGroup(of: [UInt8].self) { group in
      group.addTask { try await connection.read(atMost: 4096) }
      group.addTask {
        try await Task.sleep(for: .seconds(patience))
        throw SocketError.disconnected
      }
      defer { group.cancelAll() }
      return try await group.next() ?? []
    }
  }
}
