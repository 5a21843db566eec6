#!/bin/bash
# A study on four machines of a cluster with Slurm: one rank on each, with all its processors.
#
#     sbatch docs/slurm-example.sh scenarios/first-look.yaml
#
# The project's folder must be seen by all machines. Build once before: ./sleutel test, or
# cmake --preset release && cmake --build --preset release --target sleutel sleutel-mpi
#SBATCH --job-name=sleutel
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=16
#SBATCH --time=02:00:00
#SBATCH --signal=TERM@60
#SBATCH --output=sleutel-%j.log
set -euo pipefail
study=${1:?which study? sbatch docs/slurm-example.sh scenarios/first-look.yaml}

# Where starts are kept: seen by all machines, so that rank 0 finds a start for all of them.
export SLEUTEL_CACHE=${SLEUTEL_CACHE:-$PWD/results/starts}

# Slurm ends the job a minute after SIGTERM: the ranks end their month, and what is finished stays. Going on:
# the same line with --resume, which is what this script does when it finds what was left.
name=$(basename "$study" .yaml)
going_on=()
[ -e "results/$name.h5.partial" ] && going_on=(--resume)
srun --mpi=pmix --cpus-per-task="${SLURM_CPUS_PER_TASK:-1}" --kill-on-bad-exit=1 \
  ./sleutel run "$study" --output "results/$name.h5" "${going_on[@]}"
