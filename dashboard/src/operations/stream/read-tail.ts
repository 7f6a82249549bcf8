import { authorization } from '../../credential.ts'

/** A record of a topic, as `GET /topics/{topic}/tail` sends it. */
export interface TailedRecord {
  readonly partition: number
  readonly offset: number
  readonly writtenAt: string
  readonly key: string | null
  readonly value: unknown
  readonly hidden: boolean
  readonly problem: string | null
}

export interface TailQuery {
  readonly topic: string
  readonly key: string
  readonly contains: string
  readonly last: number
}

interface TailEvents {
  readonly onOpen: () => void
  readonly onRecord: (record: TailedRecord) => void
  readonly onSkipped: (count: number) => void
}

/** Reads a tail until it ends or the signal aborts. Rejects with what the API says if it is refused. */
export async function readTail(
  { topic, key, contains, last }: TailQuery,
  { onOpen, onRecord, onSkipped }: TailEvents,
  signal: AbortSignal,
): Promise<void> {
  const query = { last: String(last), ...(key === '' ? {} : { key }), ...(contains === '' ? {} : { contains }) }
  const url = `/topics/${encodeURIComponent(topic)}/tail?${new URLSearchParams(query).toString()}`
  const response = await fetch(url, { headers: authorization(), signal })
  if (!response.ok) throw new Error(((await response.json()) as { detail?: string }).detail ?? String(response.status))
  onOpen()
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return
    const lines = (rest + value).split('\n')
    rest = lines.pop()!
    for (const line of lines) {
      const sent = JSON.parse(line) as TailedRecord | { readonly skipped: number } | { readonly topic: string }
      if ('skipped' in sent) onSkipped(sent.skipped)
      else if ('offset' in sent) onRecord(sent)
    }
  }
}
