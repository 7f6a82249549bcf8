import type { Status } from './api.ts'
import { title } from './format.ts'

/** Which model is in use for each task, or that there is none. */
export function Models({ tasks }: { readonly tasks: Status['tasks'] }) {
  if (tasks.length === 0) return null
  return (
    <section class="models" aria-label="Models in use">
      {tasks.map(({ task, modelId, algorithm, absent }) => (
        <div key={task} class={modelId === null ? 'model none' : 'model'}>
          <strong>{title(task)}</strong>
          {modelId === null ? (
            <span>{absent}</span>
          ) : (
            <span>
              {algorithm} <code title={modelId}>{modelId.slice(0, 10)}</code>
            </span>
          )}
        </div>
      ))}
    </section>
  )
}
