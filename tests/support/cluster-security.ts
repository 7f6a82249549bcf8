/**
 * TLS, SASL/SCRAM and ACLs for the cluster of one test: a certificate for all nodes, an administrator, and a user whose
 * rights are given by ACLs.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrokerSetting } from '../../deploy/broker-properties.ts'
import { LOOPBACK } from '../../deploy/ports.ts'
import type { ClientOptions } from '../../kafka/client.ts'

export interface SecurityFiles {
  /** Certificate in PEM, for clients. */
  readonly certificate: string
  readonly certificateFile: string
  /** Passwords by user name. */
  readonly users: Readonly<Record<'admin' | 'platform', string>>
  clientOf(user: 'admin' | 'platform'): Required<Pick<ClientOptions, 'tls' | 'sasl'>>
  settingsOf(node: number, listeners: Listeners): Readonly<Record<string, BrokerSetting>>
}

export interface Listeners {
  portOf(node: number): number
  /** Ports of the controllers, in the order of the nodes. */
  readonly controllerPorts: readonly number[]
  /** Ports for traffic between the brokers. */
  readonly internalPorts: readonly number[]
}

const PASSWORD = 'of-one-test-only'
const users = { admin: 'admin-password', platform: 'platform-password' }

export function prepareSecurity(directory: string): SecurityFiles {
  mkdirSync(directory, { recursive: true })
  const keyStore = join(directory, 'keys.p12')
  const certificateFile = join(directory, 'certificate.pem')
  const store = ['-keystore', keyStore, '-storetype', 'PKCS12', '-storepass', PASSWORD, '-alias', 'broker']
  const name = ['-dname', `CN=${LOOPBACK}`, '-ext', `san=ip:${LOOPBACK}`]
  const keytool = (...options: string[]): string =>
    execFileSync('keytool', options, { encoding: 'utf8', stdio: 'pipe' })
  keytool('-genkeypair', ...store, '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2', ...name)
  const certificate = keytool('-exportcert', '-rfc', ...store)
  writeFileSync(certificateFile, certificate)
  return {
    certificate,
    certificateFile,
    users,
    clientOf: (user) => ({
      tls: { ca: certificate },
      sasl: { mechanism: 'SCRAM-SHA-512', username: user, password: users[user] },
    }),
    settingsOf: (node, { portOf, controllerPorts, internalPorts }) => ({
      listeners: [
        `CLIENTS://${LOOPBACK}:${portOf(node)}`,
        `BROKERS://${LOOPBACK}:${internalPorts[node - 1]}`,
        `CONTROLLER://${LOOPBACK}:${controllerPorts[node - 1]}`,
      ].join(','),
      'advertised.listeners': `CLIENTS://${LOOPBACK}:${portOf(node)},BROKERS://${LOOPBACK}:${internalPorts[node - 1]}`,
      'inter.broker.listener.name': 'BROKERS',
      'listener.security.protocol.map': 'CLIENTS:SASL_SSL,BROKERS:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'sasl.enabled.mechanisms': 'SCRAM-SHA-512',
      'listener.name.clients.scram-sha-512.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': keyStore,
      'ssl.keystore.password': PASSWORD,
      'ssl.key.password': PASSWORD,
      'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
      // Connections between the brokers are anonymous.
      'super.users': 'User:ANONYMOUS;User:admin',
    }),
  }
}
