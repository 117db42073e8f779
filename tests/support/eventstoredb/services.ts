import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossip from '@eventstore/db-client/generated/gossip_pb.js'
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import features from '@eventstore/db-client/generated/serverfeatures_pb.js'
import shared from '@eventstore/db-client/generated/shared_pb.js'
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { Server, type handleUnaryCall } from '@grpc/grpc-js'
import { append } from './appends.ts'
import { batchAppend } from './batch-appends.ts'
import { softDelete, tombstone } from './deletes.ts'
import { read } from './reads.ts'
import type { Serving } from './serving.ts'

/** What kind of server this is to be. */
export type Edition = {
  readonly version: string
  /** Before 21.10 there was neither BatchAppend nor a way to ask for the version. */
  readonly hasBatchAppend: boolean
}

/** The largest message; above it the whole call ends, as on the real server. */
const MAX_MESSAGE_BYTES = 17 * 1024 * 1024

const supportedMethods =
  (serving: Serving, version: string): handleUnaryCall<shared.Empty, features.SupportedMethods> =>
  (_call, callback) => {
    const names = Object.values(StreamsService).map(({ path }) => path.split('/').slice(1))
    const methods = names.map(([service = '', method = '']) =>
      new features.SupportedMethod()
        .setServiceName(service.toLowerCase())
        .setMethodName(method.toLowerCase()),
    )
    const answer = new features.SupportedMethods().setEventStoreServerVersion(version).setMethodsList(methods)
    void serving.faults.passage().then(() => callback(null, answer))
  }

/** A cluster of one, unless another node leads: then this one follows it. */
const clusterInfo =
  (serving: Serving, port: () => number): handleUnaryCall<shared.Empty, gossip.ClusterInfo> =>
  (_call, callback) => {
    const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState
    const { leader } = serving.faults
    const member = (address: string, memberPort: number, state: gossip.MemberInfo.VNodeState) =>
      new gossip.MemberInfo()
        .setInstanceId(new shared.UUID().setString(crypto.randomUUID()))
        .setTimeStamp(String(serving.faults.now()))
        .setState(state)
        .setIsAlive(true)
        .setHttpEndPoint(new gossip.EndPoint().setAddress(address).setPort(memberPort))
    const self = member('127.0.0.1', port(), leader ? FOLLOWER : LEADER)
    const members = leader ? [self, member(leader.host, leader.port, LEADER)] : [self]
    void serving.faults.passage().then(() => callback(null, new gossip.ClusterInfo().setMembersList(members)))
  }

/** A gRPC server with the services a client of streams asks for, which listens nowhere yet. */
export const createServices = (serving: Serving, edition: Edition, port: () => number): Server => {
  const server = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_BYTES })
  const { batchAppend: batchMethod, ...streamMethods } = StreamsService
  server.addService(streamMethods, {
    read: read(serving),
    append: append(serving),
    delete: softDelete(serving),
    tombstone: tombstone(serving),
  })
  server.addService(GossipService, { read: clusterInfo(serving, port) })
  if (!edition.hasBatchAppend) return server
  server.addService({ batchAppend: batchMethod }, { batchAppend: batchAppend(serving) })
  server.addService(ServerFeaturesService, {
    getSupportedMethods: supportedMethods(serving, edition.version),
  })
  return server
}
