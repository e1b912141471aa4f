/** What the kit uses of jstat, which comes without types. */
declare module "jstat" {
  const library: {
    readonly jStat: {
      /** Student's t: the value below which a share `p` of the distribution is, with `dof` degrees of freedom. */
      readonly studentt: { inv(p: number, dof: number): number };
    };
  };
  export default library;
}
