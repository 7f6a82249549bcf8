/**
 * The structure and the settings of the container files and the Kubernetes manifests, without an engine; by hadolint
 * and kubernetes-validate in `containers.check.ts`.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { createMetrics } from '../../api/operations/metrics.ts'
import { commands } from '../../commands/commands.ts'
import { readConfig, variables } from '../../config.ts'

const deploy = resolve(import.meta.dirname, '../../deploy')
const containers = join(deploy, 'containers')
const read = (file: string) => readFileSync(join(deploy, file), 'utf8')

interface Container {
  readonly name: string
  readonly image: string
  readonly args: readonly string[]
  readonly env: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[]
  readonly resources: { readonly limits: object; readonly requests: object }
  readonly securityContext: object
  readonly volumeMounts: readonly { readonly name: string }[]
  readonly [probe: string]: unknown
}
interface Resource {
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly data?: Readonly<Record<string, string>>
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: object }
      readonly spec: {
        readonly containers: readonly Container[]
        readonly securityContext: object
        readonly volumes: readonly { readonly name: string }[]
      }
    }
    readonly selector: { readonly matchLabels: object }
    readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[]
    readonly scaleTargetRef: { readonly kind: string; readonly name: string }
    readonly maxReplicas: number
    readonly metrics: readonly { readonly external: { readonly metric: { readonly name: string } } }[]
  }
}

const manifests = globSync('kubernetes/*.yaml', { cwd: deploy }).sort()
const resources = manifests.flatMap((file) =>
  parseAllDocuments(read(file)).map((document) => document.toJS() as Resource),
)
const ofKind = (...kinds: string[]) => resources.filter(({ kind }) => kinds.includes(kind))
const workloads = ofKind('Deployment', 'StatefulSet', 'Job')
const settings = resources.find(({ kind }) => kind === 'ConfigMap')!.data!

describe('Kubernetes', () => {
  test.each(workloads.map((one) => [one.metadata.name, one] as const))(
    '%s runs a command without rights, within limits, with secrets by reference',
    (name, { kind, spec }) => {
      const { containers: list, securityContext, volumes } = spec.template.spec
      const [container, ...others] = list
      expect(others).toEqual([])
      expect(commands.map((command) => command.name)).toContain(container!.args[0])
      expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
      expect(container!.securityContext).toEqual({
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
      })
      expect(container!.resources).toMatchObject({
        ...{ requests: { cpu: expect.anything(), memory: expect.any(String) }, limits: { memory: expect.any(String) } },
      })
      const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].filter(
        (probe) => container![probe] !== undefined,
      )
      expect(probes).toHaveLength(kind === 'Job' ? 0 : 3)
      const mounted = [...volumes, ...(spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata)]
      expect(container!.volumeMounts.map((mount) => mount.name).sort()).toEqual(mounted.map((one) => one.name).sort())
      for (const { name: variable, value } of container!.env) {
        expect(Object.keys(variables.properties)).toContain(variable)
        if (/URL|PASSWORD|USERNAME/.test(variable)) expect([name, variable, value]).toEqual([name, variable, undefined])
      }
    },
  )

  test('the settings of each part are accepted', () => {
    const file = join(deploy, 'containers', 'compose.yaml')
    for (const { spec } of workloads) {
      const own = spec.template.spec.containers[0]!.env.map(({ name, value }) => [name, value ?? `postgres://${name}`])
      // The file of the certificate is mounted in the cluster only.
      const given = { ...settings, KAFKA_TLS_CA_FILE: file, ...Object.fromEntries(own) }
      expect(() => readConfig(given)).not.toThrow()
    }
  })

  test('selectors, disruption budgets and the autoscaler name what exists', () => {
    const labelsOf = ({ spec }: Resource) => spec.template.metadata.labels
    for (const one of workloads.filter(({ kind }) => kind !== 'Job'))
      expect(labelsOf(one)).toMatchObject(one.spec.selector.matchLabels)
    for (const { spec } of ofKind('PodDisruptionBudget'))
      expect(
        workloads.filter((one) => expect.objectContaining(spec.selector.matchLabels).asymmetricMatch(labelsOf(one))),
      ).toHaveLength(1)
    const [scaler] = ofKind('HorizontalPodAutoscaler')
    const { scaleTargetRef, maxReplicas, metrics } = scaler!.spec
    expect(ofKind(scaleTargetRef.kind).map(({ metadata }) => metadata.name)).toContain(scaleTargetRef.name)
    expect(maxReplicas).toBeLessThanOrEqual(Number(settings['TOPIC_PARTITIONS']))
    expect(metrics.map(({ external }) => external.metric.name)).toEqual(['scoreline_oldest_waiting_seconds'])
  })
})

interface Service {
  readonly image: string
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly read_only?: boolean
  readonly cap_drop?: readonly string[]
  readonly volumes?: readonly string[]
  readonly depends_on?: Readonly<Record<string, object>>
}
const compose = parse(read('containers/compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>
  readonly volumes: Readonly<Record<string, null>>
}

describe('Compose', () => {
  const services = Object.entries(compose.services)
  const own = services.filter(([, { image }]) => image.startsWith('scoreline:'))

  test('each part runs a command with accepted settings, on a read-only file system', () => {
    expect(own.length).toBeGreaterThan(6)
    for (const [, { command, environment, read_only: readOnly, cap_drop: dropped }] of own) {
      expect(commands.map(({ name }) => name)).toContain(command![0])
      expect({ readOnly, dropped }).toEqual({ readOnly: true, dropped: ['ALL'] })
      expect(Object.keys(environment!).filter((name) => !(name in variables.properties))).toEqual([])
      const config = readConfig(environment)
      expect(config).toMatchObject({ TOPIC_REPLICATION: 3, TOPIC_PARTITIONS: 12 })
      expect(config.KAFKA_BROKERS!.split(',').map((broker) => broker.split(':')[0])).toEqual(
        services.map(([name]) => name).filter((name) => name.startsWith('kafka-')),
      )
    }
  })

  test('what services wait for and mount exists', () => {
    for (const [, { depends_on: waits = {}, volumes = [] }] of services) {
      for (const name of Object.keys(waits)) expect(compose.services).toHaveProperty([name])
      for (const [source = ''] of volumes.map((volume) => volume.split(':')))
        if (source.startsWith('.')) expect(existsSync(join(containers, source))).toBe(true)
        else if (!source.startsWith('/')) expect(compose.volumes).toHaveProperty([source])
    }
  })

  test('Prometheus scrapes services, and the dashboard shows metrics that exist', async () => {
    const { scrape_configs: scraped } = parse(read('containers/prometheus.yaml')) as {
      scrape_configs: readonly { readonly dns_sd_configs: readonly { readonly names: readonly string[] }[] }[]
    }
    for (const name of scraped.flatMap((one) => one.dns_sd_configs.flatMap(({ names }) => names)))
      expect(compose.services).toHaveProperty([name])
    const text = await createMetrics(() => 0).text()
    const used = [...read('containers/grafana/scoreline.json').matchAll(/\bscoreline_\w+/g)].map(([name]) => name)
    expect(used.length).toBeGreaterThan(5)
    for (const name of used) expect(text).toContain(`# TYPE ${name.replace(/_bucket$/, '')} `)
  })
})

test('the Dockerfile copies what exists, and runs as no root', () => {
  const text = read('containers/Dockerfile')
  const copied = [...text.matchAll(/^COPY (?!--from)(\S+)/gm)].map(([, path]) => path!)
  for (const path of copied) expect(existsSync(join(deploy, '..', path))).toBe(true)
  expect(text.split(/^FROM /m).at(-1)).toMatch(/^USER 10001:10001$/m)
  const { version } = JSON.parse(read('../package.json')) as { version: string }
  expect(text).toContain(`/package/scoreline-${version}.tgz`)
})
