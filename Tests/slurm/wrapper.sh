#!/bin/bash
# Called as sbatch, squeue, ...: calls Slurm's own program, writes down every sbatch, and kills the driver, whose child it
# is, at the place that the file $KILL names.
name=$(basename "$0")
real=$(PATH=${PATH#*:} command -v "$name")
place=$(cat "$KILL" 2>/dev/null)
kill_driver() { rm "$KILL"; kill -9 "$PPID"; exit 1; }
case $name in
sbatch)
    [ "$place" = before-sbatch ] && kill_driver
    echo "$*" >> "$SBATCH_LOG"
    [ "$place" = after-sbatch ] && { "$real" "$@" > /dev/null; kill_driver; }
    ;;
squeue)
    case $place in
    first-poll) kill_driver ;;
    running) "$real" "$@" | grep -q '|RUNNING|' && kill_driver ;;
    first-exit) ls "$STORE"/slurm/*/exit/*.json > /dev/null 2>&1 && kill_driver ;;
    esac
    ;;
esac
exec "$real" "$@"
