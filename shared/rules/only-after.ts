import type { Condition } from './condition.ts';
import type { Operator } from './operator.ts';

interface Events {
  readonly event: string | readonly string[];
  readonly except?: readonly string[];
}

/**
 * For operators that hold only of customers who did such a thing at least once, whenever and with whatever properties:
 * that she did it follows from them, and of who never did it they do not hold.
 *
 * @param needs whether a config is of that sort; false for the plain `did` itself
 */
export const onlyAfter = <C>(
  needs: (config: C) => boolean = () => true,
  eventsOf: (config: C) => Events = (config) => config as Events,
): Pick<Operator<C>, 'sure' | 'implies'> => {
  const ever = (config: C): Condition => {
    const { event, except } = eventsOf(config);
    return { did: { event, ...(except === undefined ? {} : { except }) } };
  };
  return {
    sure: (config, sure) => (needs(config) && sure(ever(config)) === false ? false : undefined),
    implies: (config, holds) => (holds && needs(config) ? [[ever(config), true]] : []),
  };
};
