import { apiUrl } from '../../api.ts'
import { DataTable } from '../../data-table.tsx'
import { count } from '../../format.ts'
import { Empty, Failure } from '../../parts.tsx'
import { useResource } from '../../use-resource.ts'
import { t } from '../../words/words.ts'
import { ProcessorView } from './processor-view.tsx'
import { State, Topics } from './processor-state.tsx'
import { ageText, rateText, type StreamProcessor } from './processor-text.ts'
import { sectionHref } from './stream-address.ts'
import { TopologyGraph } from './topology-graph.tsx'

const READ_EVERY_MS = 2_000

/** What the processors read and write, as a drawing and as a table, and one of them with its tasks. */
export function Topology({ name }: { readonly name: string | undefined }) {
  const { data, error } = useResource(apiUrl('/processors'), READ_EVERY_MS)
  const opened = data?.items.find((processor) => processor.name === name)
  return (
    <>
      {error !== undefined && <Failure>{error}</Failure>}
      {data === undefined && error === undefined && <Empty>{t('stream.loadingTheProcessors')}</Empty>}
      {data?.items.every(({ running }) => running === null) === true && (
        <p class="notice">{t('operations.theProcessorsRunInAnotherProcess')}</p>
      )}
      {data !== undefined && name === undefined && <Overview processors={data.items} />}
      {data !== undefined && name !== undefined && (
        <div class="list-detail opened">
          <ProcessorList processors={data.items} name={name} />
          {opened === undefined ? (
            <section class="card" aria-label={t('stream.processors')}>
              <Failure>
                <>{t('stream.thereIsNoProcessor', { name: JSON.stringify(name) })}</>
              </Failure>
            </section>
          ) : (
            <ProcessorView key={opened.name} processor={opened} process={data.process} />
          )}
        </div>
      )}
    </>
  )
}

function Overview({ processors }: { readonly processors: readonly StreamProcessor[] }) {
  return (
    <div class="list-detail">
      <section class="card" aria-labelledby="topology-title">
        <div class="head">
          <div>
            <h2 id="topology-title">{t('stream.topology')}</h2>
            <p class="sub">{t('stream.whoReadsAndWritesWhat')}</p>
          </div>
        </div>
        <TopologyGraph processors={processors} />
      </section>
      <section class="card wide processors" aria-labelledby="processors-title">
        <div class="head">
          <h2 id="processors-title">{t('stream.processors')}</h2>
        </div>
        <DataTable
          caption={t('stream.processors')}
          rows={processors}
          keyOf={({ name }) => name}
          columns={[
            {
              label: t('stream.processor'),
              cell: ({ name }) => (
                <a href={sectionHref('topology', name)}>
                  <code>{name}</code>
                </a>
              ),
            },
            { label: t('common.state'), cell: ({ running }) => <State state={running?.state ?? null} /> },
            { label: t('operations.eventsPerSecond'), cell: rateText },
            { label: t('operations.lag'), cell: ({ running }) => (running === null ? '–' : count(running.lag)) },
            { label: t('stream.oldest'), cell: ({ running }) => ageText(running?.oldestAgeSeconds) },
            { label: t('operations.tasks'), cell: ({ running }) => count(running?.tasks.length ?? 0) },
            { label: t('stream.reads'), cell: ({ inputs }) => <Topics names={inputs} /> },
            { label: t('stream.writes'), cell: ({ outputs }) => <Topics names={outputs} /> },
          ]}
        />
      </section>
    </div>
  )
}

function ProcessorList({
  processors,
  name: opened,
}: {
  readonly processors: readonly StreamProcessor[]
  readonly name: string
}) {
  return (
    <section class="card" aria-labelledby="processors-title">
      <div class="head">
        <h2 id="processors-title">{t('stream.processors')}</h2>
        <a class="quiet" href={sectionHref('topology')}>
          {t('stream.topology')}
        </a>
      </div>
      <ol class="lines">
        {processors.map(({ name, running }) => (
          <li key={name}>
            <a href={sectionHref('topology', name)} class="flag" aria-current={name === opened ? 'true' : undefined}>
              <span class="row">
                <code>{name}</code>
                <State state={running?.state ?? null} />
              </span>
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}
