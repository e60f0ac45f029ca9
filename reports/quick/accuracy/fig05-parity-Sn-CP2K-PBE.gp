# fig05-parity-Sn-CP2K-PBE: run `gnuplot fig05-parity-Sn-CP2K-PBE.gp` in this folder to draw it again.
set encoding utf8
set border linewidth 0.8 linecolor rgb '#333333'
set tics scale 0.7,0.35 textcolor rgb '#1a1a1a'
set key samplen 1.4 spacing 1.2 font ',11' textcolor rgb '#1a1a1a' noautotitle
set grid xtics ytics linetype 1 linewidth 0.4 linecolor rgb '#e6e6e6'
set errorbars 0.6
set pointintervalbox 0
set style fill solid 0.18 noborder
set palette defined (0 '#cfe3f1', 0.35 '#56a0ce', 0.7 '#0b5394', 1 '#08213f')
unset colorbox
do for [kind in 'svg png'] {
if (kind eq 'svg') {
  set terminal svg size 900,600 font 'Arial,12' background rgb 'white' dashlength 0.8
} else {
  set terminal pngcairo size 2250,1500 font 'Arial,12' fontscale 2.05 linewidth 2.5 pointscale 3.25 dashlength 0.8
}
set output 'fig05-parity-Sn-CP2K-PBE.'.kind
set multiplot layout 2,3
set lmargin 8.5
set rmargin 1.5
set tmargin 1.8
set bmargin 3.2
unset logscale x
set xrange [-233.80132:-233.54268000000002]
set xtics 0.05
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-233.80132:-233.54268000000002]
set ytics 0.05
set mytics 2
set format y '%g'
set xlabel 'DFT energy (eV/atom)' offset 0,0.2
set ylabel 'DP energy (eV/atom)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (a)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'energy' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 1.00 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 0 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 1 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset logscale x
set xrange [-2.4410000000000003:2.5410000000000004]
set xtics 1.0
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-2.4410000000000003:2.5410000000000004]
set ytics 1.0
set mytics 2
set format y '%g'
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set ylabel 'DP force (eV/Å)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (b)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'forces on Li' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 15.2 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 2 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 3 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset logscale x
set xrange [-10.46:12.860000000000001]
set xtics 5.0
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-10.46:12.860000000000001]
set ytics 5.0
set mytics 2
set format y '%g'
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set ylabel 'DP force (eV/Å)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (c)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'forces on Sn' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 40.0 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 4 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 5 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset logscale x
set xrange [-5.224:6.224]
set xtics 2.0
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-5.224:6.224]
set ytics 2.0
set mytics 2
set format y '%g'
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set ylabel 'DP force (eV/Å)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (d)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'forces on P' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 29.4 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 6 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 7 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset logscale x
set xrange [-12.350000000000001:14.15]
set xtics 5.0
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-12.350000000000001:14.15]
set ytics 5.0
set mytics 2
set format y '%g'
set xlabel 'DFT force (eV/Å)' offset 0,0.2
set ylabel 'DP force (eV/Å)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (e)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'forces on S' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 23.1 meV/Å' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 8 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 9 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset logscale x
set xrange [-0.5818:1.6018000000000001]
set xtics 0.5
set mxtics 2
set format x '%g'
unset logscale y
set yrange [-0.5818:1.6018000000000001]
set ytics 0.5
set mytics 2
set format y '%g'
set xlabel 'DFT virial (eV/atom)' offset 0,0.2
set ylabel 'DP virial (eV/atom)' offset 0.6,0
set xtics mirror
set size square
set key off
unset label
set label '{/:Bold (f)}' at graph -0.02,1.0 right offset -1.2,0.9
set label 'virial' at graph 0.05,0.93 left textcolor rgb '#1a1a1a'
set label 'RMSE 6.80 meV/atom' at graph 0.96,0.07 right textcolor rgb '#1a1a1a'
plot 'fig05-parity-Sn-CP2K-PBE.dat' index 10 using 1:2:3:4:(log10($5)) with boxxyerror fillstyle solid 1.0 noborder linecolor palette notitle, \
     'fig05-parity-Sn-CP2K-PBE.dat' index 11 using 1:2 with lines dashtype 2 linewidth 1.3 linecolor rgb '#7f7f7f' notitle
unset multiplot
unset output
}
