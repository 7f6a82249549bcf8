import type { Check } from './check.ts'
import { brokerClock } from './checks/broker-clock.ts'
import { brokers } from './checks/brokers.ts'
import { channels } from './checks/channels.ts'
import { dataDirectory } from './checks/data-directory.ts'
import { databaseRights } from './checks/database-rights.ts'
import { deadLetters } from './checks/dead-letters.ts'
import { disk } from './checks/disk.ts'
import { groups } from './checks/groups.ts'
import { issuer } from './checks/issuer.ts'
import { kafkaRights } from './checks/kafka-rights.ts'
import { migrations } from './checks/migrations.ts'
import { node } from './checks/node.ts'
import { openFiles } from './checks/open-files.ts'
import { postgres } from './checks/postgres.ts'
import { postgresClock } from './checks/postgres-clock.ts'
import { registry } from './checks/registry.ts'
import { topics } from './checks/topics.ts'
import { verification } from './checks/verification.ts'

/** Every check, in the order of the output; each after the one that it needs. */
export const checks: readonly Check[] = [
  node,
  openFiles,
  dataDirectory,
  disk,
  brokers,
  brokerClock,
  kafkaRights,
  topics,
  groups,
  postgres,
  postgresClock,
  databaseRights,
  migrations,
  channels,
  deadLetters,
  verification,
  registry,
  issuer,
]
