import type { DefaultTheme } from 'vitepress'

type Entry = readonly [text: string, path: string]

/** Lists documents by their paths in the repository. */
const listed = (entries: readonly Entry[]): DefaultTheme.SidebarItem[] =>
  entries.map(([text, path]) => ({ text, link: `/${path}` }))

const group = (text: string, entries: readonly Entry[]): DefaultTheme.SidebarItem => ({
  text,
  collapsed: true,
  items: listed(entries),
})

/** Every document of the site: first by the kind of reader, then by what a reader looks for. */
export const sidebar: DefaultTheme.SidebarItem[] = [
  ...listed([
    ['Overview', ''],
    ['Where to begin', 'docs/'],
  ]),
  {
    text: 'Your first hour',
    items: listed([
      ['A bank’s data engineer', 'docs/first-hour/data-engineer'],
      ['An integrator of a CRM', 'docs/first-hour/crm-integrator'],
      ['A salesperson', 'docs/first-hour/salesperson'],
      ['A call-centre lead', 'docs/first-hour/call-centre-lead'],
      ['A controller', 'docs/first-hour/controller'],
      ['A data scientist', 'docs/first-hour/data-scientist'],
      ['A BI analyst, or an operator', 'docs/first-hour/analyst-and-operator'],
    ]),
  },
  {
    text: 'Concepts',
    items: listed([
      ['Architecture', 'docs/architecture'],
      ['Commit protocol', 'docs/commit-protocol'],
      ['Verification', 'docs/verification'],
      ['Priorities', 'docs/priorities'],
      ['Evidence against visits', 'docs/visits'],
      ['Labels', 'docs/labels'],
      ['The life of a model', 'docs/model-life'],
      ['Models of text', 'docs/text-models'],
      ['Glossary', 'docs/glossary'],
    ]),
  },
  {
    text: 'How to',
    items: [
      group('Bring events in', [
        ['Webhooks and tables', 'docs/webhooks'],
        ['Data sets', 'docs/data'],
        ['Write a processor', 'docs/your-first-processor'],
        ['Extend the platform', 'docs/extensions'],
      ]),
      group('Sell and review', [
        ['Review cases', 'docs/cases'],
        ['Change a policy', 'docs/policies'],
        ['Recommend products', 'docs/recommendations'],
        ['Send alerts', 'docs/alerting'],
      ]),
      group('Make calls', [
        ['Run campaigns', 'docs/campaigns'],
        ['Keep contact rules', 'docs/contact-rules'],
        ['Form target groups', 'docs/target-groups'],
        ['Write scripts', 'docs/scripts'],
        ['Lead live calls', 'docs/calls'],
        ['Connect a call system', 'docs/telephony'],
        ['Route calls', 'docs/routing'],
      ]),
      group('Train models', [
        ['Learn from tables', 'docs/models'],
        ['Watch drift', 'docs/drift'],
        ['Explore at random', 'docs/exploration'],
        ['Replay old scores', 'docs/archive'],
      ]),
      group('Read the results', [
        ['SQL and BI tools', 'docs/bi'],
        ['Online features', 'docs/online-features'],
        ['Languages of the page', 'docs/languages'],
      ]),
      group('Operate', [
        ['Check a deployment', 'docs/doctor'],
        ['Deploy a cluster', 'docs/cluster'],
        ['Scale', 'docs/scaling'],
        ['Control access', 'docs/access'],
        ['Export and erase personal data', 'docs/personal-data'],
        ['Merge customers', 'docs/customers-merge'],
        ['Back up and restore', 'docs/backup'],
        ['Runbooks', 'docs/runbooks'],
        ['Soak campaigns', 'docs/soak'],
      ]),
    ],
  },
  {
    text: 'Reference',
    items: listed([
      ['API', 'docs/api'],
      ['Configuration', 'docs/configuration'],
      ['Database', 'docs/database'],
      ['Features', 'docs/features'],
      ['Processors', 'docs/topology'],
      ['Topics', 'docs/topics'],
      ['TypeScript client', 'client/'],
      ['Kafka client', 'docs/kafka-client'],
      ['@scoreline/kafka', 'packages/kafka/'],
      ['Stream engine', 'docs/streams'],
      ['@scoreline/streams', 'packages/streams/'],
      ['Example of an extension', 'examples/extension/'],
    ]),
  },
  {
    text: 'Project',
    items: listed([
      ['Contributing', 'CONTRIBUTING'],
      ['Changelog', 'CHANGELOG'],
      ['Benchmarks', 'bench/'],
      ['A soak campaign in full', 'docs/soak-campaign'],
      ['Decision 1: our own Kafka client', 'docs/decisions/0001-our-own-kafka-client'],
      ['Decision 2: local state in LMDB', 'docs/decisions/0002-local-state-in-lmdb'],
      ['Decision 3: VitePress for the site', 'docs/decisions/0003-vitepress-for-the-site'],
      ['Decision 4: customers merge by moving their state', 'docs/decisions/0004-customers-merge-by-moving-state'],
    ]),
  },
]
