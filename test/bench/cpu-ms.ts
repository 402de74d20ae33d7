/** Processor time of this process, all its threads together, in ms: the same whether or not others are at the machine. */
export const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
