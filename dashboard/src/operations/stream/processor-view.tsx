import { DataTable } from '../../data-table.tsx'
import { count, milliseconds, rate } from '../../format.ts'
import { ItemHeading } from '../../item-heading.tsx'
import { Empty, Told } from '../../parts.tsx'
import { t } from '../../words/words.ts'
import { Fact } from './fact.tsx'
import { State, Topics } from './processor-state.tsx'
import { ageText, type StreamProcessor } from './processor-text.ts'
import { sectionHref } from './stream-address.ts'

interface ProcessorViewProps {
  readonly processor: StreamProcessor
  /** Host and process id of the process that the figures are from. */
  readonly process: string
}

/** One processor: what it does, reads and writes, how fast it is, and its tasks. */
export function ProcessorView({ processor, process }: ProcessorViewProps) {
  const { name, purpose, inputs, outputs, scorers, running } = processor
  return (
    <section class="card" aria-labelledby="item-title">
      <ItemHeading title={name} back={sectionHref('topology')} backText={t('stream.allProcessors')}>
        <State state={running?.state ?? null} />
      </ItemHeading>
      <div class="detail">
        <section class="group">
          <p>
            <Told>{purpose}</Told>
          </p>
          <dl class="pacing">
            <Fact name={t('stream.reads')}>
              <Topics names={inputs} />
            </Fact>
            <Fact name={t('stream.writes')}>
              <Topics names={outputs} />
            </Fact>
            {scorers.map((scorer) => (
              <Fact key={scorer.name} name={t('stream.scorer')}>
                <code>{scorer.name}</code>. <Told>{scorer.purpose}</Told>
              </Fact>
            ))}
          </dl>
        </section>
        {running !== null && (
          <section class="group" aria-labelledby="figures-title">
            <h3 id="figures-title">{t('stream.inTheLastSeconds')}</h3>
            <dl class="pacing">
              <Fact name={t('operations.eventsPerSecond')}>{rate(running.eventsPerSecond)}</Fact>
              <Fact name={t('operations.scoresPerSecond')}>{rate(running.scoresPerSecond)}</Fact>
              <Fact name={t('operations.latencyMedian')}>
                {running.latencyMsMedian === null
                  ? t('operations.noRecentEvents')
                  : milliseconds(running.latencyMsMedian)}
              </Fact>
              <Fact name={t('operations.lag')}>{count(running.lag)}</Fact>
              <Fact name={t('stream.oldest')}>{ageText(running.oldestAgeSeconds)}</Fact>
            </dl>
          </section>
        )}
        <Tasks processor={processor} process={process} />
      </div>
    </section>
  )
}

function Tasks({ processor: { running }, process }: ProcessorViewProps) {
  return (
    <section class="group whole" aria-labelledby="tasks-title">
      <h3 id="tasks-title">{t('operations.tasks')}</h3>
      <p class="sub">
        {t('stream.inProcess')} <code>{process}</code>
      </p>
      {running === null && <Empty>{t('stream.noTaskRunsInThisProcess')}</Empty>}
      {running !== null && (
        <DataTable
          caption={t('operations.tasks')}
          rows={running.tasks}
          keyOf={({ partition, thread }) => `${partition}/${thread ?? ''}`}
          columns={[
            { label: t('stream.partition'), cell: ({ partition }) => partition },
            { label: t('stream.thread'), cell: ({ thread }) => thread ?? t('stream.mainThread') },
            {
              label: t('common.state'),
              cell: ({ state, reason }) => (
                <>
                  <State state={state} /> {reason !== null && <Told>{reason}</Told>}
                </>
              ),
            },
            { label: t('operations.lag'), cell: ({ lag }) => count(lag) },
            { label: t('stream.oldest'), cell: ({ oldestAgeSeconds }) => ageText(oldestAgeSeconds) },
          ]}
        />
      )}
    </section>
  )
}
