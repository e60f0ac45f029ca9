#!/bin/bash
# A Slurm cluster of one node on this machine, in a folder of its own and with ports of its own:
#   cluster.sh start FOLDER [MAXARRAYSIZE]   ... then: export SLURM_CONF=FOLDER/slurm.conf
#   cluster.sh stop FOLDER
#   cluster.sh stop-controller FOLDER, start-controller FOLDER
# Needs slurm-wlm and munge; no accounting database, no root.
set -euo pipefail
command=$1
folder=$(mkdir -p "$2" && cd "$2" && pwd)
export SLURM_CONF=$folder/slurm.conf
export PATH=$PATH:/usr/sbin:/sbin

start_controller() { slurmctld; }
end() {
    local pid
    pid=$(cat "$folder/$1.pid" 2>/dev/null) || return 0
    kill "$pid" 2>/dev/null || return 0
    for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
    kill -9 "$pid"
}

case $command in
start)
    mkdir -p "$folder"/{state,spool,munge}
    chmod 755 "$folder/munge"
    dd if=/dev/urandom of="$folder/munge/key" bs=1024 count=1 status=none
    chmod 600 "$folder/munge/key"
    munged --force --socket="$folder/munge/socket" --key-file="$folder/munge/key" --pid-file="$folder/munged.pid" \
        --log-file="$folder/munge/log" --seed-file="$folder/munge/seed" --num-threads=2
    host=$(hostname -s)
    port=${SLURM_TEST_PORT:-26817}
    cat > "$SLURM_CONF" <<CONF
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
KillWait=10
MaxArraySize=${3:-1001}
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=1000
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
    start_controller
    slurmd
    for _ in $(seq 600); do
        if sinfo -h -o %t 2>/dev/null | grep -q idle; then exit 0; fi
        sleep 0.1
    done
    echo "the node does not come up:" >&2
    tail -n 20 "$folder"/*.log >&2
    exit 1
    ;;
stop)
    scancel --user="$(id -un)" 2>/dev/null || true
    end slurmd
    end slurmctld
    end munged
    ;;
stop-controller) end slurmctld ;;
start-controller) start_controller ;;
*) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
esac
