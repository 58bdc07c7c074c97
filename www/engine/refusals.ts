// What the engine says when it does not answer: the three ways, told apart by class.

import type { FieldError, RuleMistake } from './contract.ts';

/** The rules cannot be used: their files hold mistakes, or their bundle is damaged or newer than the engine. */
export class RulesRefused extends Error {
  readonly findings: RuleMistake[];
  constructor(why: string | null, findings: RuleMistake[] = []) {
    super(why ?? findings[0]?.message ?? 'the rules cannot be used');
    this.findings = findings;
  }
}

/** The rules are of a later format than this engine reads. */
export class RulesNewer extends RulesRefused {}

/** What the engine says of such a bundle. */
const NEWER = /newer version/;

/** An answer is impossible, or answers cannot hold together. */
export class AnswersRefused extends Error {
  readonly errors: FieldError[];
  /** The fewest facts that cannot all be as answered. */
  readonly conflict: string[];
  constructor(errors: FieldError[], conflict: string[]) {
    super(errors[0]?.message ?? 'these answers do not fit together');
    this.errors = errors;
    this.conflict = conflict;
  }
}

/** WebAssembly itself failed: not loaded, or trapped twice. */
export class EngineUnavailable extends Error {}

/**
 * A trap: the instance's memory may be torn, so no later call to it can be trusted. Running out of
 * stack inside WebAssembly shows as a RangeError in Chromium and an InternalError in Firefox.
 */
export function isTrap(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError ||
    error instanceof RangeError ||
    (error instanceof Error && error.name === 'InternalError')
  );
}

/** What an exception of the package means: its message is JSON, by the contract with the Rust side. */
export function refusal(error: unknown): Error {
  const said = saidInJson(error);
  if (said && Array.isArray(said['findings'])) return new RulesRefused(null, said['findings'] as RuleMistake[]);
  if (said && (said['errors'] || said['conflict'])) {
    const errors = (said['errors'] ?? []) as FieldError[];
    const [rules] = errors.filter(({ field }) => field === 'rules');
    if (rules && NEWER.test(rules.message)) return new RulesNewer(rules.message);
    return rules ? new RulesRefused(rules.message) : new AnswersRefused(errors, (said['conflict'] ?? []) as string[]);
  }
  return new EngineUnavailable(error instanceof Error ? error.message : String(error));
}

function saidInJson(error: unknown): Record<string, unknown> | null {
  try {
    const said: unknown = JSON.parse(error instanceof Error ? error.message : String(error));
    return said !== null && typeof said === 'object' ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
